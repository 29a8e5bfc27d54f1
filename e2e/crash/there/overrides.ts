// Which overrides must be held, must not be, or may be either way, as the panel's answers have it; and whether the director agrees.
import { type Override, same } from '@weir/model';
import { administrator } from '../../weir/people.ts';
import type { EndOrder, SetOrder } from '../orders.ts';
import type { Site } from '../site.ts';

type State = 'held' | 'gone' | 'either';

interface Expected {
  readonly order: SetOrder;
  state: State;
}

function describe({ mark, said }: SetOrder): string {
  return `override "${mark}" (${said})`;
}

export class Overrides {
  readonly #expected: Expected[] = [];
  /** The director's id of each that was ever seen there. */
  readonly #ids = new Map<string, Expected>();

  /** Right after its answer. */
  set(order: SetOrder): void {
    const { said, cause, realServerId } = order;
    const earlier = this.#expected.filter((other) => other.order.cause === cause && other.order.realServerId === realServerId);
    this.#expected.push({ order, state: said === 'acknowledged' ? 'held' : said === 'refused' ? 'gone' : 'either' });
    // It takes the place of the earlier ones of its cause.
    if (said !== 'refused') for (const other of earlier) this.#fade(other, said === 'acknowledged');
  }

  end({ said, overrideId }: EndOrder): void {
    const ended = this.#ids.get(overrideId) ?? null;
    // Refused: the director did not hold it.
    if (ended !== null) this.#fade(ended, said === 'acknowledged' || said === 'refused');
    else if (said === 'acknowledged') throw new Error(`an override that nobody has seen was ended: ${overrideId}`);
  }

  /** What a list showed: how an id comes to be known. */
  see(overrides: readonly Override[]): void {
    for (const { id, reason } of overrides) {
      const shown = this.#expected.find(({ order }) => order.mark === reason);
      if (shown !== undefined) this.#ids.set(id, shown);
    }
  }

  #fade(expected: Expected, surely: boolean): void {
    if (surely) expected.state = 'gone';
    else if (expected.state === 'held') expected.state = 'either';
  }

  /** Says what is wrong, and takes what was open as it is found. */
  check(held: readonly Override[], { clusterId, serviceId }: Site, nowMs: number): string[] {
    this.see(held);
    const known = new Set(this.#expected.map(({ order }) => order.mark));
    const wrong = held.filter(({ reason }) => !known.has(reason)).map(({ reason }) => `an override "${reason}" is held that nobody ordered`);
    for (const expected of this.#expected) {
      const { order, state } = expected;
      const found = held.filter(({ reason }) => reason === order.mark);
      const [override] = found;
      const over = order.endsAtMs !== null && order.endsAtMs <= nowMs;
      if (found.length > 1) wrong.push(`${describe(order)} is held ${found.length} times`);
      if (state === 'held' && override === undefined && !over) wrong.push(`${describe(order)} is lost`);
      if (state === 'gone' && override !== undefined) wrong.push(`${describe(order)} is held again`);
      if (override !== undefined && !isAsOrdered(override, order, { clusterId, serviceId, realServerId: order.realServerId })) {
        wrong.push(`${describe(order)} is held otherwise than ordered: ${JSON.stringify(override)}`);
      }
      expected.state = override === undefined ? 'gone' : 'held';
    }
    return wrong;
  }

  /** Of the orders without an acknowledgement, how many were carried out, as far as could be seen. */
  wasSeen({ mark }: SetOrder): boolean {
    return [...this.#ids.values()].some(({ order }) => order.mark === mark);
  }
}

function isAsOrdered({ target, cause, effect, author, endsAtMs }: Override, order: SetOrder, wanted: Override['target']): boolean {
  return same({ target, cause, effect, author, endsAtMs }, {
    target: wanted, cause: order.cause, effect: { kind: 'weight', weight: order.weight }, author: administrator.name, endsAtMs: order.endsAtMs,
  });
}
