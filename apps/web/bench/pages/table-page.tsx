// The form of a cluster of any size as a table, alone in a page.
import { ToastRegion } from '@weir/ui';
import { createRoot, type Root } from 'react-dom/client';
import { IntlProvider } from 'use-intl';
import { ClusterFormPage } from '../../src/features/cluster-form/cluster-form.tsx';
import { messagesOf } from '../../src/i18n/messages.ts';
import { clusterOf } from './large-cluster.ts';

export interface TableBench {
  open(realServers: number): void;
}

let root: Root | null = null;
const nothing = () => undefined;

const tableBench: TableBench = {
  open: (realServers) => {
    root?.unmount();
    root = createRoot(document.querySelector('#root') ?? document.body);
    root.render(
      <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
        <ToastRegion label="said" closeLabel="close">
          <main className="w-full overflow-auto">
            <ClusterFormPage
              key={realServers} initial={clusterOf(realServers)} directors={[{ id: 'lvs-a', name: 'lvs-a', hello: null }]} onSave={async () => undefined} onEdited={nothing} submitLabel="save" revises view="table"
            />
          </main>
        </ToastRegion>
      </IntlProvider>,
    );
  },
};
Object.assign(window, { tableBench });
