'use client';
// What the strokes of the drawing mean, and its keys.
import type { MethodKind } from '@weir/model';
import { Kbd, StatusGlyph, Wire } from '@weir/ui';
import type { ReactNode, Ref } from 'react';
import { useTranslations } from 'use-intl';
import { Popover } from './popover.tsx';

const methods: readonly MethodKind[] = ['nat', 'dr', 'tun', 'proxied'];

export function Legend() {
  const t = useTranslations('canvas');
  const method = useTranslations('methods');
  return (
    <Popover label={t('legend')}>
      <dl className="grid grid-cols-[44px_1fr] items-center gap-x-3 gap-y-1.5">
        {methods.map((kind) => <Row key={kind} sign={<Wire method={kind} label={method(kind)} />}>{method(kind)}</Row>)}
        <Row sign={<Stroke dash="4 3" />}>{t('legendReply')}</Row>
        <Row sign={<Stroke dash="1 3" />}>{t('legendIdle')}</Row>
        <Row sign={<StatusGlyph status="draft" label={t('legendDraft')} />}><span className="text-draft">{t('legendDraft')}</span></Row>
      </dl>
    </Popover>
  );
}

function Row({ sign, children }: { sign: ReactNode; children: ReactNode }) {
  return <><dt className="flex justify-center">{sign}</dt><dd>{children}</dd></>;
}

function Stroke({ dash }: { dash: string }) {
  return <svg viewBox="0 0 36 14" width="36" height="14" className="text-muted" aria-hidden="true"><path d="M1 7H35" stroke="currentColor" strokeWidth="1.2" strokeDasharray={dash} /></svg>;
}

const keys = [
  { keys: ['↑', '↓', '←', '→'], of: 'arrows' }, { keys: ['Enter'], of: 'enter' }, { keys: ['Esc'], of: 'escape' }, { keys: ['Space'], of: 'space' },
  { keys: ['Ctrl A'], of: 'all' }, { keys: ['a'], of: 'add' }, { keys: ['s'], of: 'addService' }, { keys: ['d'], of: 'addDirector' }, { keys: ['Del'], of: 'delete' },
  { keys: ['Ctrl C', 'X', 'V'], of: 'copy' }, { keys: ['Ctrl D'], of: 'duplicate' }, { keys: ['Ctrl Z', 'Ctrl Shift Z'], of: 'undo' },
  { keys: ['o'], of: 'fold' }, { keys: ['/'], of: 'search' }, { keys: ['?'], of: 'help' }, { keys: ['+', '-', '0'], of: 'zoom' }, { keys: ['t'], of: 'tidy' },
] as const;

const readingKeys: readonly string[] = ['arrows', 'escape', 'space', 'all', 'fold', 'search', 'help', 'zoom'];

/** `editable`: with the keys that change something. */
export function KeysHelp({ editable, buttonRef }: { editable: boolean; buttonRef: Ref<HTMLButtonElement> }) {
  const t = useTranslations('canvas');
  return (
    <Popover label={t('help')} buttonRef={buttonRef}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1.5">
        {keys.filter(({ of }) => editable || readingKeys.includes(of)).map(({ keys: each, of }) => (
          <div key={of} className="contents">
            <dt className="flex flex-wrap gap-1">{each.map((key) => <Kbd key={key}>{key}</Kbd>)}</dt>
            <dd>{t(`keys.${of}`)}</dd>
          </div>
        ))}
      </dl>
      {editable && <p className="mt-3 border-t border-line pt-2 text-sm text-muted">{t('mouse')}</p>}
    </Popover>
  );
}
