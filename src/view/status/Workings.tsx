/** Where and how the models run, what is stored, and what the page has asked for. */
import { StageTimings } from '../answer/StageTimings.tsx';
import { RequestsPanel } from '../offline/RequestsPanel.tsx';
import { BackendPanel, PackPanel } from './BackendPanel.tsx';
import { StoragePanel } from './StoragePanel.tsx';

export function Workings() {
  return (
    <>
      <BackendPanel />
      <StageTimings />
      <StoragePanel />
      <RequestsPanel />
      <PackPanel />
    </>
  );
}
