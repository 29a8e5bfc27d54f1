// @vitest-environment happy-dom
// Controls as a person and assistive technology meet them.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { FormEvent } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Copy } from './copy.tsx';
import { Field } from './field.tsx';
import { NumberInput } from './number/number-input.tsx';
import { Select } from './select.tsx';
import { Switch } from './switch.tsx';
import { TextInput } from './text-input.tsx';

afterEach(cleanup);

describe('Button', () => {
  test('leaves the focus in its form until it is clicked, so that no error moves it away from the pointer', () => {
    render(<form><input aria-label="Weight" /><Button>Add</Button></form>);
    const add = screen.getByRole('button', { name: 'Add' });
    expect(fireEvent.mouseDown(add), 'nothing of the form has the focus').toBe(true);
    screen.getByLabelText('Weight').focus();
    expect(fireEvent.mouseDown(add)).toBe(false);
  });

  test('a busy button keeps the focus and takes no click', () => {
    const click = vi.fn<() => void>();
    render(<Button busy onClick={click}>Apply</Button>);
    const button = screen.getByRole('button', { name: 'Apply' });
    button.focus();
    fireEvent.click(button);
    expect(click).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute('aria-busy')).toBe('true');
  });

  test('a busy submit button does not submit its form', () => {
    const submit = vi.fn<(event: FormEvent) => void>((event) => event.preventDefault());
    const form = (busy: boolean) => (
      <form onSubmit={submit}>
        <Button type="submit" busy={busy}>Save</Button>
      </form>
    );
    const { rerender } = render(form(true));
    fireEvent.click(screen.getByRole('button'));
    expect(submit).not.toHaveBeenCalled();
    rerender(form(false));
    fireEvent.click(screen.getByRole('button'));
    expect(submit).toHaveBeenCalledOnce();
  });

  test('a button is no submit button unless it says so', () => {
    render(<Button>Add</Button>);
    expect(screen.getByRole('button').getAttribute('type')).toBe('button');
  });
});

describe('Field', () => {
  test('the label names the control, error and hint describe it', () => {
    render(<Field label="VIP" hint="IPv4 or IPv6" error="10.0.0.300 is not an address" required><TextInput id="own" /></Field>);
    const input = screen.getByLabelText('VIP');
    const texts = (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent);
    expect(texts).toEqual(['10.0.0.300 is not an address', 'IPv4 or IPv6']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(input.getAttribute('aria-required')).toBe('true');
  });

  test('without error and hint nothing is described', () => {
    render(<Field label="Name"><TextInput /></Field>);
    const input = screen.getByLabelText('Name');
    expect(input.hasAttribute('aria-describedby')).toBe(false);
    expect(input.hasAttribute('aria-invalid')).toBe(false);
  });

  test('a select is labelled too', () => {
    render(<Field label="Scheduler"><Select options={[{ value: 'rr', label: 'rr' }, { value: 'wrr', label: 'wrr' }]} defaultValue="wrr" /></Field>);
    expect(screen.getByLabelText<HTMLSelectElement>('Scheduler').value).toBe('wrr');
  });
});

describe('NumberInput', () => {
  test('the arrow keys step, and listeners hear of it as of typing', () => {
    const change = vi.fn<(value: string) => void>();
    render(<NumberInput aria-label="Port" min={1} max={65_535} defaultValue="65534" onChange={(event) => change(event.target.value)} />);
    const input = screen.getByLabelText('Port');
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    expect(change.mock.calls).toEqual([['65535']]);
  });

  test('what is no number stays as it was typed', () => {
    render(<NumberInput aria-label="Port" defaultValue="80x" />);
    const input = screen.getByLabelText<HTMLInputElement>('Port');
    fireEvent.keyDown(input, { key: 'ArrowDown' });
    expect(input.value).toBe('80x');
  });
});

test('a checkbox and a switch carry their label and their state', () => {
  const change = vi.fn<(checked: boolean) => void>();
  render(<><Checkbox label="Persistent" hint="Same client, same server" defaultChecked /><Switch label="Sample load" checked={false} onChange={change} /></>);
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Persistent' }).checked).toBe(true);
  const toggle = screen.getByRole('switch', { name: 'Sample load' });
  expect(toggle.getAttribute('aria-checked')).toBe('false');
  fireEvent.click(toggle);
  expect(change).toHaveBeenCalledWith(true);
});

describe('Copy', () => {
  const copy = <Copy value="10.0.1.12:443" label="Copy 10.0.1.12:443" copiedLabel="Copied" failedLabel="Not copied" />;
  afterEach(() => vi.unstubAllGlobals());

  test('says that the text was taken', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(async () => {});
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    render(copy);
    fireEvent.click(screen.getByRole('button', { name: 'Copy 10.0.1.12:443' }));
    expect((await screen.findByText('Copied')).tagName).toBe('OUTPUT');
    expect(writeText).toHaveBeenCalledWith('10.0.1.12:443');
  });

  test('says that it was not, where neither way works', async () => {
    vi.stubGlobal('navigator', {});
    render(copy);
    fireEvent.click(screen.getByRole('button'));
    expect(await screen.findByText('Not copied')).toBeTruthy();
    expect(document.querySelector('textarea')).toBeNull();
  });
});
