'use client';
// The text to import, pasted or from files, and how to read it.
import { CHARACTERS_MAX, FormatError, formats, type SourceText } from '@weir/model/formats';
import { Button, buttonClass, Field, Panel, Select, TextInput, useFieldControl } from '@weir/ui';
import { useRef, useState, type ChangeEvent, type Ref } from 'react';
import { useTranslations } from 'use-intl';
import { faultOf, inOrder, likelyMain, type ReadFault } from './read-source.ts';
import type { Reading } from './reader/use-reading.ts';
import { useReadOptions, type ReadOptions } from './use-read-options.ts';

export function SourcePanel({ reading }: { reading: Reading }) {
  const t = useTranslations('importing');
  const pasted = useRef<HTMLTextAreaElement>(null);
  const [files, setFiles] = useState<readonly SourceText[]>([]);
  const [main, setMain] = useState('');
  const options = useReadOptions();
  const { busy } = reading;
  const choose = (chosen: readonly SourceText[]) => {
    setFiles(chosen);
    setMain(likelyMain(chosen));
    reading.forget();
  };
  const read = () => {
    const given = files.length > 0 ? inOrder(files, main) : [{ name: t('pasted'), text: pasted.current?.value ?? '' }];
    reading.read({ files: given, ...options.read });
  };
  return (
    <Panel title={t('source')} sub={t('sourceWhy')}>
      <div className="flex flex-col gap-3">
        {files.length > 0
          ? <Chosen files={files} main={main} onMain={setMain} onRemove={() => choose([])} />
          : <Field label={t('paste')} hint={t('pasteHint')}><TextArea ref={pasted} /></Field>}
        <Files onChosen={choose} onFailed={reading.refuse} />
        <OptionFields options={options} />
        <div className="flex gap-2">
          <Button variant="primary" busy={busy} onClick={read}>{t(busy ? 'reading' : 'read')}</Button>
          {busy && <Button onClick={reading.forget}>{t('cancel')}</Button>}
        </div>
      </div>
    </Panel>
  );
}

function TextArea({ ref }: { ref: Ref<HTMLTextAreaElement> }) {
  const linked = useFieldControl({});
  return <textarea {...linked} ref={ref} rows={12} wrap="off" spellCheck={false} className="w-full rounded-sm border border-line-strong bg-panel p-2 font-mono text-sm" />;
}

interface ChosenProps {
  files: readonly SourceText[];
  main: string;
  onMain: (name: string) => void;
  onRemove: () => void;
}

function Chosen({ files, main, onMain, onRemove }: ChosenProps) {
  const t = useTranslations('importing');
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={t('begin')} className="max-w-96">
        <Select mono value={main} onChange={({ target }) => onMain(target.value)} options={files.map(({ name }) => ({ value: name, label: name }))} />
      </Field>
      <Button onClick={onRemove}>{t('removeFiles')}</Button>
    </div>
  );
}

function Files({ onChosen, onFailed }: { onChosen: (files: readonly SourceText[]) => void; onFailed: (error: ReadFault) => void }) {
  const t = useTranslations('importing');
  const [failed, setFailed] = useState<string | null>(null);
  const change = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...target.files ?? []];
    setFailed(null);
    const characters = chosen.reduce((sum, { size }) => sum + size, 0);
    if (characters > CHARACTERS_MAX) return onFailed(faultOf(new FormatError('tooLarge', chosen[0]?.name ?? '', null, { characters, most: CHARACTERS_MAX })));
    const read = await Promise.all(chosen.map(async (file) => ({ name: file.webkitRelativePath || file.name, text: await file.text() })))
      .catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error)));
    // The same files can be chosen again after they were changed.
    target.value = '';
    return read === undefined || read.length === 0 ? undefined : onChosen(read);
  };
  return (
    <Field label={t('files')} hint={t('filesHint')} error={failed !== null && t('filesFailed', { reason: failed })}>
      <FileInput label={t('chooseFiles')} onChange={(event) => void change(event)} />
    </Field>
  );
}

/** The browser's own says what it says in the browser's language. */
function FileInput({ label, onChange }: { label: string; onChange: (event: ChangeEvent<HTMLInputElement>) => void }) {
  const linked = useFieldControl({});
  return (
    <span className="relative flex">
      <input {...linked} type="file" multiple onChange={onChange} className="peer sr-only" />
      <label htmlFor={linked.id} className={buttonClass('secondary', 'cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus')}>{label}</label>
    </span>
  );
}

function OptionFields({ options: { values, set } }: { options: ReadOptions }) {
  const t = useTranslations('importing');
  const formatOptions = [{ value: '', label: t('detect') }, ...formats.map((value) => ({ value, label: t(`formats.${value}`) }))];
  const protocolOptions = [{ value: '', label: t('leaveOut') }, ...(['tcp', 'udp', 'sctp'] as const).map((value) => ({ value, label: t(`protocols.${value}`) }))];
  const keepalived = values.format === '' || values.format === 'keepalived';
  return (
    <div className="flex flex-wrap items-start gap-3">
      <Field label={t('format')} className="w-44"><Select value={values.format} onChange={({ target }) => set({ format: target.value })} options={formatOptions} /></Field>
      {keepalived && (
        <>
          <Field label={t('configId')} hint={t('configIdHint')} className="w-56">
            <TextInput mono autoComplete="off" value={values.configId} onChange={({ target }) => set({ configId: target.value })} />
          </Field>
          <Field label={t('protocol')} className="w-48"><Select value={values.protocol} onChange={({ target }) => set({ protocol: target.value })} options={protocolOptions} /></Field>
        </>
      )}
    </div>
  );
}
