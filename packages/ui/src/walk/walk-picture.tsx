// A packet walk as LVS tutorials draw it: hosts as boxes, each hop a numbered arrow; requests solid, replies dashed, a tunnel double.
import type { Hop, Station } from '@weir/model';
import { useId } from 'react';
import { aside, box, corners, picture, segmentBetween } from './places.ts';

export interface PictureHost {
  station: Station;
  name: string;
  /** As which the MAC of its frames is known: C, D, R. */
  letter: string;
  /** "VIP 192.168.8.200", one per line. */
  lines: readonly string[];
}

export interface PictureHop extends Pick<Hop, 'from' | 'to' | 'direction'> {
  /** "CIP → VIP". */
  words: string;
  /** In a tunnel: what the outer header says. */
  outer: string | null;
  broken: boolean;
}

export interface WalkPictureProps {
  /** Says in words what is drawn. */
  label: string;
  hosts: readonly PictureHost[];
  hops: readonly PictureHop[];
  className?: string | undefined;
}

export function WalkPicture({ label, hosts, hops, className = '' }: WalkPictureProps) {
  const id = useId();
  const height = hosts.some(({ station }) => station === 'router') ? picture.height : picture.heightWithoutRouter;
  return (
    <svg viewBox={`0 0 ${picture.width} ${height}`} className={`block h-auto w-full ${className}`} role="img" aria-label={label} data-walk="">
      <title>{label}</title>
      <Heads id={id} />
      {hosts.map((host) => <Box key={host.station} {...host} />)}
      {hops.map((hop, index) => <Arrow key={`${hop.from} ${hop.to} ${hop.direction}`} hop={hop} number={index + 1} above={linesAbove(hops, index)} heads={id} />)}
    </svg>
  );
}

/** Hops between the same two hosts write their words below each other. */
function linesAbove(hops: readonly PictureHop[], index: number): number {
  const own = hops[index];
  return hops.slice(0, index)
    .filter(({ from, to }) => (from === own?.from && to === own.to) || (from === own?.to && to === own.from))
    .reduce((sum, { outer }) => sum + (outer === null ? 1 : 2), 0);
}

function Heads({ id }: { id: string }) {
  return (
    <defs>
      {(['text', 'down'] as const).map((tone) => (
        <marker key={tone} id={`${id}${tone}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path d="M1 1 7 4 1 7" fill="none" strokeWidth="1.4" className={tone === 'down' ? 'stroke-down' : 'stroke-text'} />
        </marker>
      ))}
    </defs>
  );
}

const longestChars = 22;
const charWidth = 0.6;

/** Whole where it fits, else with its middle left out: the table below has all of it. */
function shortened(line: string): string {
  return line.length <= longestChars ? line : `${line.slice(0, 11)}…${line.slice(-10)}`;
}

function Box({ station, name, letter, lines }: PictureHost) {
  const [x, y] = corners[station];
  return (
    <g>
      <rect x={x} y={y} width={box.width} height={box.height} rx="3" className="fill-panel stroke-line-strong" />
      <text x={x + 7} y={y + 15} fontSize="10.5" className="fill-muted">{name.length > 16 ? `${name.slice(0, 15)}…` : name}</text>
      <text x={x + box.width - 7} y={y + 15} fontSize="10.5" textAnchor="end" className="fill-muted font-mono">{letter}</text>
      {lines.map((line, index) => (
        <text
          key={line} x={x + 7} y={y + 30 + index * 14} className="fill-text font-mono"
          fontSize={Math.min(10.5, (box.width - 14) / (shortened(line).length * charWidth))}
        >
          {shortened(line)}
        </text>
      ))}
    </g>
  );
}

function Arrow({ hop, number, above, heads }: { hop: PictureHop; number: number; above: number; heads: string }) {
  const segment = segmentBetween(hop.from, hop.to);
  const [x1, y1, x2, y2] = aside(segment, 5);
  const [x, y] = segment.words;
  const tone = hop.broken ? 'down' : 'text';
  const stroke = hop.broken ? 'stroke-down' : 'stroke-text';
  const line = { x1, y1, x2, y2 };
  return (
    <g data-hop={number} data-direction={hop.direction}>
      {hop.outer !== null && <line {...line} className="stroke-line-strong" strokeWidth="7" strokeLinecap="round" opacity="0.35" />}
      <line {...line} className={stroke} strokeWidth="1.4" strokeDasharray={hop.direction === 'reply' ? '5 4' : undefined} markerEnd={`url(#${heads}${tone})`} />
      <text x={x} y={y + above * 14} textAnchor={segment.anchor} fontSize="10.5" className={`font-mono ${hop.broken ? 'fill-down' : 'fill-text'}`}>
        <tspan className="font-semibold">{number}</tspan> {hop.outer ?? hop.words}{hop.broken && ' ✕'}
      </text>
      {hop.outer !== null && (
        <text x={x} y={y + (above + 1) * 14} textAnchor={segment.anchor} fontSize="10.5" className="fill-muted font-mono">[{hop.words}]</text>
      )}
    </g>
  );
}
