'use client';
// Which view of the draft is shown: its drawing, its table or its form. It is in the address, so that a link leads to the same.
import { buttonClass } from '@weir/ui';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';

const views = ['draw', 'table', 'form'] as const;
export type EditorView = (typeof views)[number];

export function useEditorView(): EditorView {
  const asked = useSearchParams().get('view');
  return views.find((view) => view === asked) ?? 'draw';
}

export function ViewSwitch() {
  const t = useTranslations('canvas.views');
  const shown = useEditorView();
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const choose = (view: EditorView) => {
    const next = new URLSearchParams(params);
    next.set('view', view);
    router.replace(`${path}?${next.toString()}`, { scroll: false });
  };
  return (
    <fieldset aria-label={t('label')} className="flex min-w-0 rounded-sm border border-line p-0.5">
      {views.map((view) => (
        <button
          key={view} type="button" aria-pressed={view === shown} onClick={() => choose(view)}
          className={buttonClass('quiet', `h-6.5 px-2.5 ${view === shown ? 'bg-raised text-text' : ''}`)}
        >
          {t(view)}
        </button>
      ))}
    </fieldset>
  );
}
