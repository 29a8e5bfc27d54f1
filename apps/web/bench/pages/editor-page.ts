// What the benches of the editor share: a page as one file with the panel's styles, and how much of its thread a step takes.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { compile } from 'tailwindcss';

const web = path.resolve(import.meta.dirname, '../..');

/** The page as one file, with the panel's styles. */
async function writePage(entry: string, folder: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, entry)], bundle: true, minify: true, write: false, outdir: folder, format: 'iife', jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'error',
  });
  const textOf = (end: string) => outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  const script = textOf('.js');
  const html = `<!doctype html><html data-theme="light"><meta charset="utf-8"><style>${await stylesFor(script)}${textOf('.css')}</style>
<body style="margin:0"><div id="root" style="display:flex;width:1440px;height:900px"></div><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`;
  const file = path.join(folder, 'page.html');
  await writeFile(file, html);
  return file;
}

async function stylesFor(script: string): Promise<string> {
  const required = createRequire(path.join(web, 'package.json'));
  const sheet = await compile("@import 'tailwindcss';@import '@weir/ui/tokens.css';", {
    base: web,
    loadStylesheet: async (id) => {
      const file = required.resolve(id === 'tailwindcss' ? 'tailwindcss/index.css' : id);
      return { path: file, base: path.dirname(file), content: await readFile(file, 'utf8') };
    },
  });
  return sheet.build([...new Set(script.split(/["'`\s]+/))]);
}

export interface Spent {
  /** Everything that the page's thread did, and of it scripts. */
  readonly taskMs: number;
  readonly scriptMs: number;
}

async function spent(session: CDPSession): Promise<Spent> {
  const { metrics } = await session.send('Performance.getMetrics');
  const ms = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1_000;
  return { taskMs: ms('TaskDuration'), scriptMs: ms('ScriptDuration') };
}

const frame = (page: Page) => page.evaluate(() => new Promise<void>((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done()));
}));

/** The mean of each time, and the longest. */
export async function measure(page: Page, session: CDPSession, count: number, act: () => Promise<void>): Promise<Spent & { worstMs: number }> {
  const each: Spent[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const before = await spent(session);
    await act();
    await frame(page);
    const after = await spent(session);
    each.push({ taskMs: after.taskMs - before.taskMs, scriptMs: after.scriptMs - before.scriptMs });
  }
  const mean = (of: (one: Spent) => number) => each.reduce((sum, one) => sum + of(one), 0) / count;
  return { taskMs: mean(({ taskMs }) => taskMs), scriptMs: mean(({ scriptMs }) => scriptMs), worstMs: Math.max(...each.map(({ taskMs }) => taskMs)) };
}

export const shown = ({ taskMs, scriptMs, worstMs }: Spent & { worstMs: number }) => `${taskMs.toFixed(1)} (${scriptMs.toFixed(1)}), worst ${worstMs.toFixed(0)}`;


/** Opens the page of this entry in a browser of its own, and closes both in the end. */
export async function onPage(entry: string, act: (page: Page, session: CDPSession) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'weir-editor-bench-'));
  const browser = await chromium.launch({ executablePath: process.argv[2] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
    await page.goto(pathToFileURL(await writePage(entry, folder)).href);
    const session = await page.context().newCDPSession(page);
    // The time of the processor: what else runs on the host is not in it.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await act(page, session);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}
