// @vitest-environment happy-dom
// Where a button would be for others, its name stands with the reason; what does nothing for somebody is not there.
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { ada, renderInPanel } from '../../trpc/testing/in-panel.tsx';
import { Clusters } from '../clusters/clusters.tsx';
import { NewCluster } from '../cluster-form/new-cluster.tsx';
import { Directors } from '../directors/directors.tsx';
import type { Person } from './person.tsx';

// Next's router runs in its own pages only.
vi.mock('next/navigation', () => ({ usePathname: () => '/', useRouter: () => ({ push: () => undefined, replace: () => undefined }), useSearchParams: () => new URLSearchParams() }));

const { roles, directors, clusters, importing, clusterForm } = messagesOf('en');

afterEach(cleanup);

const show = (page: React.ReactNode, person: Person) => renderInPanel(page, { person, answer: () => [] });

test('a viewer is told what administrators can do', () => {
  show(<Directors />, ada('viewer'));
  expect(screen.getByText(`${directors.enrol}: ${roles.needs.admin}`)).toBeTruthy();
});

test.each([['a viewer', ada('viewer'), 'operator'], ['an operator of one cluster', { ...ada('operator'), clusterIds: ['x'] }, 'allClusters']] as const)('%s is not offered to import', (_who, person, why) => {
  show(<Clusters />, person);
  expect(screen.getByText(`${clusters.create}: ${roles.needs[why]}`)).toBeTruthy();
  expect(screen.queryByRole('link', { name: importing.link })).toBeNull();
});

test('views of a new cluster are for those who can make one', () => {
  show(<NewCluster />, ada('viewer'));
  expect(screen.getByText(`${clusterForm.newTitle}: ${roles.needs.operator}`)).toBeTruthy();
  expect(screen.queryByRole('group')).toBeNull();
  cleanup();
  show(<NewCluster />, ada('operator'));
  expect(screen.getByRole('group')).toBeTruthy();
});
