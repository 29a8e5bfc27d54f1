'use client';
// What one director says of a real server: how it stands, by which rule, and the last tries of each check.
import type { HealthCheck, HealthRule, Try } from '@weir/model';
import type { HealthEvidence, RealServerStanding } from '@weir/protocol';
import { Panel, StatusGlyph } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { Outputs } from '../../../trpc/client.ts';
import { FaultNotice } from '../../states/failure.tsx';
import { Since, useSince } from '../../time/when.tsx';
import { probeText } from '../../words/health-text.ts';
import { CheckerNotice } from '../state/checker-notice.tsx';
import { ServiceHealthMark } from '../state/service-health.tsx';
import { useHealthText } from '../state/use-health-text.ts';
import { healthGlyphs, healthStateOf } from '../state/worst-health.ts';
import { Tries } from './tries.tsx';

type Director = Outputs['health']['evidence'][number];

export interface DirectorEvidenceProps {
  director: Director;
  /** As the wanted revision has them. */
  checks: readonly HealthCheck[];
  onRetry: () => void;
  busy: boolean;
}

export function DirectorEvidence({ director, checks, onRetry, busy }: DirectorEvidenceProps) {
  const t = useTranslations('health');
  if (director.error !== null) {
    return <Panel title={director.name}><FaultNotice what={t('page.cannotTell', { director: director.name })} fault={director.error} onRetry={onRetry} busy={busy} /></Panel>;
  }
  const { evidence, heardAtMs, name } = director;
  return (
    <Panel title={name} sub={<>{t('page.read')} <Since atMs={heardAtMs} /></>} padded={false}>
      <div className="flex flex-col gap-3 p-3">
        <CheckerNotice director={name} checker={evidence.checker} />
        {evidence.realServer === null ? <p className="text-muted">{t('page.notHere')}</p> : <Decided standing={evidence.realServer} checks={checks} tries={evidence.checks} />}
        {evidence.service !== null && (
          <p className="flex flex-wrap items-center gap-x-2 text-muted">
            {t('page.service')} <span className="text-text"><ServiceHealthMark health={[{ directorId: director.directorId, state: evidence.service, sorry: false }]} /></span>
          </p>
        )}
      </div>
      {evidence.checks.map((check) => <CheckEvidence key={check.checkId} director={name} check={check} checks={checks} />)}
    </Panel>
  );
}

/** The state, the rule in words, and what its last failed try came to. */
function Decided({ standing, checks, tries }: { standing: RealServerStanding; checks: readonly HealthCheck[]; tries: HealthEvidence['checks'] }) {
  const t = useTranslations('health');
  const text = useHealthText();
  const since = useSince();
  const { rule } = standing;
  const state = healthStateOf(standing);
  const failed = standing.isUp ? undefined : lastFailure(tries, rule);
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-x-2 text-lg font-semibold">
        <StatusGlyph status={healthGlyphs[state]} label={text.state(state, rule)} showLabel />
        <span className="text-base font-normal text-muted">{t('since', { time: since(rule.sinceMs) })}</span>
      </p>
      <p>{text.rule(rule)} <ByCheck rule={rule} checks={checks} /></p>
      {failed !== undefined && <p>{text.failure(failed.failure)}{failed.detail !== null && <span className="ml-1.5 font-mono text-sm text-muted">{failed.detail}</span>}</p>}
    </div>
  );
}

function ByCheck({ rule, checks }: { rule: HealthRule; checks: readonly HealthCheck[] }) {
  const t = useTranslations('health');
  const index = checks.findIndex(({ id }) => id === rule.params['check']);
  const check = checks[index];
  return check === undefined ? null : <span className="text-muted">{t('byCheck', { number: index + 1, check: probeText(check.probe) })}</span>;
}

type Failed = Extract<Try['result'], { kind: 'failed' }>;

/** Of the check that decided, where one did. */
function lastFailure(checks: HealthEvidence['checks'], rule: HealthRule): Failed | undefined {
  const deciding = checks.filter(({ checkId }) => checkId === rule.params['check']);
  const tries = (deciding.length > 0 ? deciding : checks).flatMap((check) => check.tries);
  const latest = tries.filter(({ result }) => result.kind === 'failed').toSorted((a, b) => b.startedAtMs - a.startedAtMs)[0];
  return latest?.result.kind === 'failed' ? latest.result : undefined;
}

function CheckEvidence({ director, check, checks }: { director: string; check: HealthEvidence['checks'][number]; checks: readonly HealthCheck[] }) {
  const t = useTranslations('health.tries');
  const number = checks.findIndex(({ id }) => id === check.checkId) + 1;
  const defined = checks[number - 1];
  return (
    <section className="border-t border-line">
      <h3 className="flex flex-wrap items-center gap-x-3 px-3 py-1.5 font-medium">
        {number === 0 ? check.checkId : t('check', { number })}
        {defined !== undefined && <span className="min-w-0 font-mono text-sm font-normal break-all text-muted">{probeText(defined.probe)}</span>}
        <span className="ml-auto text-sm font-normal text-muted">{check.isAsked && t('inRow', { good: check.good, failed: check.failed })}</span>
      </h3>
      {check.isAsked ? <Tries caption={t('of', { number, director })} tries={check.tries} /> : <p className="px-3 pb-3 text-muted">{t('cannot')}</p>}
    </section>
  );
}
