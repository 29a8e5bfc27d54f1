// Reads a keepalived.conf: its virtual servers become services; what a definition has no place for is named, line by line.
import { checkBounds } from '../bounds.ts';
import type { SourceText } from '../bounds.ts';
import { Draft } from '../draft.ts';
import type { Imported, ImportOptions, VipHint } from '../imported.ts';
import { Report } from '../report.ts';
import { groupOf } from './group.ts';
import type { Group } from './group.ts';
import { otherBlocks, outerWords } from './keywords.ts';
import { leaveOut, leaveOutUnknown } from './leave-out.ts';
import { Reader } from './text/reader.ts';
import { readServer } from './server.ts';
import type { Surroundings } from './server.ts';
import { treeOf } from './text/tree.ts';
import type { Block } from './text/tree.ts';
import { hintsOf } from './vrrp.ts';

function groupsOf(tree: readonly Block[], report: Report): Map<string, Group> {
  return new Map(tree.filter(({ words }) => words[0] === 'virtual_server_group').map((block) => [block.words[1] ?? '', groupOf(block, report)]));
}

function readBlock(block: Block, surroundings: Surroundings, hints: VipHint[]): void {
  const [word = ''] = block.words;
  if (word === 'virtual_server') readServer(block, surroundings);
  else if (word === 'vrrp_instance') for (const hint of hintsOf(block, surroundings.report)) hints.push(hint);
  else if (otherBlocks.has(word)) leaveOut(block, 'notInDefinition', { word }, surroundings.report);
  else if (word !== 'virtual_server_group') leaveOutUnknown(block, outerWords, surroundings.report);
}

/** The first file is where it begins; the others are there to be included. */
export function importKeepalived(files: readonly SourceText[], options: ImportOptions): Imported {
  checkBounds(files);
  const report = new Report(files, { wholeObjects: false });
  const reader = new Reader(report, files.map(({ name }) => name), 0, options);
  const tree = treeOf((take) => reader.read(take), report);
  const draft = new Draft(report);
  const groups = groupsOf(tree, report);
  const surroundings: Surroundings = { draft, report, groups, usedGroups: new Set(), protocol: options.protocol };
  const hints: VipHint[] = [];
  for (const block of tree) readBlock(block, surroundings, hints);
  for (const [group, { at }] of groups) if (!surroundings.usedGroups.has(group)) report.leftOut(at, 'groupUnused', { group });
  return { definition: draft.definition(), report: report.lines(), hints, unused: reader.unused() };
}
