// A report and what came of it, as lines that a network engineer reads.
import { exportDefinition } from '../formats/index.ts';
import type { Imported, ReportLine } from '../formats/index.ts';

const SIGN = { understood: '=', approximated: '~', leftOut: '-' } as const;

function lineText({ file, line, text, outcome, notes }: ReportLine): string {
  const said = notes.map(({ code, params }) => `${code}${Object.entries(params).map(([name, value]) => ` ${name}=${value}`).join('')}`).join('; ');
  return `${SIGN[outcome]} ${file}:${String(line).padEnd(3)} ${said === '' ? text : `${text.padEnd(58)} # ${said}`}`.trimEnd();
}

export function reportText({ definition, report, hints, unused }: Imported): string {
  const { text, unsaid } = exportDefinition('ipvsadm', definition);
  return [
    '# = understood, ~ approximated, - left out',
    ...report.map(lineText),
    '', '# gives, as ipvsadm -Sn prints it', text.trimEnd(),
    ...unsaid.map(({ code, params }) => `# not in words of ipvsadm: ${code} ${JSON.stringify(params)}`),
    ...definition.services.filter(({ match }) => match.kind === 'mark').map(({ name, match }) => `# ${name}: ${JSON.stringify(match)}`),
    '', '# VIPs', ...definition.vips.map(({ address }) => {
      const hint = hints.find(({ vip }) => vip === address);
      return hint === undefined ? address : `${address} on ${hint.networkInterface ?? '?'} by ${hint.instance}`;
    }),
    ...(unused.length === 0 ? [] : ['', `# not included by any file: ${unused.join(', ')}`]), '',
  ].join('\n');
}
