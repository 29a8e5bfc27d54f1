// A number that is none stands in its field as nothing: form libraries write it as "NaN".

export function blankNumber(input: HTMLInputElement | null): void {
  if (input?.value === 'NaN') input.value = '';
}

export function blankNumbers(within: ParentNode | null): void {
  within?.querySelectorAll<HTMLInputElement>('input[inputmode="numeric"]').forEach(blankNumber);
}
