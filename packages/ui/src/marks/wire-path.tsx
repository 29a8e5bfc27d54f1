// The strokes of a wire between two points of a picture: the same drawing as the wire of tables and legends, as long as it has to be.
import type { MethodKind } from '@weir/model';

export interface WirePoint {
  readonly x: number;
  readonly y: number;
}

export interface WirePathProps {
  method: MethodKind;
  from: WirePoint;
  to: WirePoint;
  /** Of the stroke that carries the request. */
  widthPx?: number | undefined;
}

/** From left to right, level at both ends. */
export function wireCurve(from: WirePoint, to: WirePoint): string {
  const bend = Math.min(140, Math.max(32, Math.abs(to.x - from.x) * 0.5));
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

/** Of an arrow that comes from the left, or from the right. */
export function arrowHead({ x, y }: WirePoint, from: 'left' | 'right' = 'left'): string {
  const back = from === 'left' ? x - 5 : x + 5;
  return `M${back} ${y - 3.5}L${x} ${y}L${back} ${y + 3.5}`;
}

function shifted({ x, y }: WirePoint, by: number): WirePoint {
  return { x, y: y + by };
}

const apart = 3;
const tube = 4.5;
/** User space stands at the director's end of the wire. */
const relayPx = 7;

export function WirePath({ method, from, to, widthPx = 1.2 }: WirePathProps) {
  return <g fill="none" stroke="currentColor" strokeWidth={widthPx} data-wire={method}>{strokes(method, from, to)}</g>;
}

function strokes(method: MethodKind, from: WirePoint, to: WirePoint) {
  switch (method) {
    case 'nat': return (
      <>
        <path d={wireCurve(shifted(from, -apart), shifted(to, -apart)) + arrowHead(shifted(to, -apart))} />
        <path d={wireCurve(shifted(from, apart), shifted(to, apart)) + arrowHead(shifted(from, apart), 'right')} strokeWidth="1.2" />
      </>
    );
    case 'dr': return <path d={wireCurve(from, to) + arrowHead(to)} />;
    case 'tun': return (
      <>
        <path d={wireCurve(shifted(from, -tube), shifted(to, -tube)) + wireCurve(shifted(from, tube), shifted(to, tube))} strokeWidth="0.8" />
        <path d={wireCurve(from, to) + arrowHead(to)} />
      </>
    );
    case 'proxied': return (
      <>
        <path d={wireCurve(from, to) + arrowHead(to)} />
        <rect x={from.x + 12} y={from.y - relayPx / 2} width={relayPx} height={relayPx} rx="1" fill="currentColor" stroke="none" />
      </>
    );
  }
}
