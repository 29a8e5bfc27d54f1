'use client';
// Sends a test message to a channel, and shows what came back.
import { useMutation } from '@tanstack/react-query';
import { Button, Dialog, Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { AlertChannel, ChannelAnswer } from '../../../alerts/alert.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { Failure } from '../../states/failure.tsx';
import { useAnswerText } from '../use-alert-text.ts';

export function SendTest({ channel: { id, name } }: { channel: AlertChannel }) {
  const t = useTranslations('alertChannels');
  const test = useMutation(useTRPC().alerts.testChannel.mutationOptions());
  return (
    <>
      <Button className="md:h-7 max-md:h-10" busy={test.isPending} aria-label={t('testChannel', { name })} onClick={() => test.mutate({ id })}>{t('test')}</Button>
      <Dialog open={test.isSuccess || test.isError} onOpenChange={() => test.reset()} closeLabel={t('close')} title={t('testTitle', { name })}>
        {test.error !== null && <Failure what={t('testFailed')} error={test.error} />}
        {test.data !== undefined && <Answered answer={test.data} />}
      </Dialog>
    </>
  );
}

export function Answered({ answer }: { answer: ChannelAnswer }) {
  const t = useTranslations('alertChannels');
  const text = useAnswerText();
  const took = answer.code === 'ok';
  return (
    <Notice
      tone={took ? 'info' : 'error'} what={t(took ? 'testTaken' : 'testNotTaken')} why={text(answer)}
      todo={answer.body !== null && answer.body !== '' && <code className="block font-mono break-all whitespace-pre-wrap">{answer.body}</code>}
    />
  );
}
