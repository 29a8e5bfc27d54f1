'use client';
// Checks a form with the schema that the panel uses too, and says what is wrong in the reader's language.
import { toNestErrors } from '@hookform/resolvers';
import { useMemo } from 'react';
import type { FieldError, FieldValues, Resolver } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { z } from 'zod';
import { issueWords } from './issue-words.ts';

export function useSchemaResolver<Input extends FieldValues, Output extends FieldValues>(
  schema: z.ZodType<Output, Input>,
): Resolver<Input, unknown, Output> {
  const t = useTranslations('validation');
  return useMemo(() => async (values, _context, options) => {
    const parsed = await schema.safeParseAsync(values);
    if (parsed.success) return { values: parsed.data, errors: {} };
    const errors: Record<string, FieldError> = {};
    for (const issue of parsed.error.issues) {
      const { key, params } = issueWords(issue);
      errors[issue.path.join('.')] ??= { type: issue.code, message: t(key, params) };
    }
    return { values: {}, errors: toNestErrors<Input>(errors, options) };
  }, [schema, t]);
}
