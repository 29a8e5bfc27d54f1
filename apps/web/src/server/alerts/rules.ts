// The rules of alerts: one of each kind, in the database and in memory for every look.
import { AlertRuleKind, QuietHours } from '@weir/model';
import { z } from 'zod';
import { AlertRule } from '../../alerts/alert.ts';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import type { Database, Tx } from '../db/database.ts';
import { Prisma } from '../db/generated/client.ts';
import type { AlertRule as RuleRow } from '../db/generated/client.ts';
import { PanelError } from '../errors.ts';
import type { Condition } from './conditions/condition.ts';

const Ids = z.array(z.string());

function ruleOf({ kind, on, forSeconds, days, clusterIds, quietHours, groupSeconds, channelIds }: RuleRow): AlertRule {
  return {
    kind: AlertRuleKind.parse(kind), on, forSeconds, days, groupSeconds, channelIds: Ids.parse(channelIds),
    clusterIds: Ids.nullable().parse(clusterIds), quietHours: QuietHours.nullable().parse(quietHours),
  };
}

function dataOf({ kind: _kind, clusterIds, quietHours, ...rule }: AlertRule): Prisma.AlertRuleUpdateInput {
  return { ...rule, clusterIds: clusterIds ?? Prisma.DbNull, quietHours: quietHours ?? Prisma.DbNull };
}

/** As they stand at one moment: a look goes by these to its end. */
export class RuleSet {
  readonly #rules: ReadonlyMap<AlertRuleKind, AlertRule>;

  constructor(rules: readonly AlertRule[]) {
    this.#rules = new Map(rules.map((rule) => [rule.kind, rule]));
  }

  /** In the order of their kinds. */
  all(): AlertRule[] {
    return AlertRuleKind.options.flatMap((kind) => this.#rules.get(kind) ?? []);
  }

  get(kind: AlertRuleKind): AlertRule | null {
    return this.#rules.get(kind) ?? null;
  }

  /** Whether it is on, and for one of these clusters; what a person has taken out is watched by none. */
  watches({ rule: kind, clusterIds, isTakenOut = false }: Condition): boolean {
    const rule = this.get(kind);
    if (rule === null || !rule.on || isTakenOut) return false;
    return rule.clusterIds === null || clusterIds === null || clusterIds.some((id) => rule.clusterIds?.includes(id) ?? false);
  }
}

export class Rules {
  readonly #db: Database;
  #now = new RuleSet([]);
  #changing: Promise<void> = Promise.resolve();

  constructor(db: Database) {
    this.#db = db;
  }

  async start(): Promise<void> {
    this.#now = new RuleSet((await this.#db.alertRule.findMany()).map(ruleOf));
  }

  now(): RuleSet {
    return this.#now;
  }

  set(actor: Actor, rule: AlertRule): Promise<void> {
    return this.change(() => this.#db.$transaction(async (tx) => {
      const known = await tx.alertChannel.count({ where: { id: { in: rule.channelIds } } });
      if (known !== new Set(rule.channelIds).size) throw new PanelError('noSuchChannel');
      const before = await tx.alertRule.findUniqueOrThrow({ where: { kind: rule.kind } });
      await tx.alertRule.update({ where: { kind: rule.kind }, data: dataOf(rule) });
      await audit(tx, actor, { action: 'alerts.setRule', object: { kind: 'alertRule', id: rule.kind }, before: { ...ruleOf(before) }, after: { ...rule } });
    }));
  }

  /** One change after the other, also of channels that rules name: what one leaves, the next begins with. */
  change(work: () => Promise<void>): Promise<void> {
    const turn = this.#changing.then(() => this.#change(work));
    this.#changing = turn.catch(() => undefined);
    return turn;
  }

  async #change(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } finally {
      // What broke off may have been written all the same: the database knows.
      await this.start();
    }
  }

  /** In a change: out of each rule that names it. */
  async leaveOut(tx: Tx, channelId: string): Promise<void> {
    for (const rule of this.#now.all().filter(({ channelIds }) => channelIds.includes(channelId))) {
      await tx.alertRule.update({ where: { kind: rule.kind }, data: { channelIds: rule.channelIds.filter((id) => id !== channelId) } });
    }
  }
}
