/** A way on where the models run on the GPU; on WASM it would lead nowhere. */
import { useActions, useSessionState } from '../session-context.ts';

export function SwitchToWasm() {
  const { chooseBackend } = useActions();
  const isOnGpu = useSessionState(
    ({ engine }) => engine.status === 'ready' && engine.report.backend.backend === 'webgpu',
  );
  if (!isOnGpu) return null;
  return (
    <button type="button" className="button" onClick={() => void chooseBackend('wasm')}>
      Switch to WASM
    </button>
  );
}
