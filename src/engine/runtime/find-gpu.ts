/** Which WebGPU adapter the browser would give, and whether it is hardware. */
import type { GpuFinding } from './runtime.ts';

const SOFTWARE_NAMES = /swiftshader|llvmpipe|lavapipe|basic render|warp/iu;

/** Some drivers never answer; WASM should not wait for them. */
const ANSWER_MS = 5000;

export async function findGpu(): Promise<GpuFinding> {
  if (!('gpu' in navigator)) return { gpu: 'none', because: 'this browser has no WebGPU' };
  try {
    const adapter = await Promise.race([navigator.gpu.requestAdapter(), silence(ANSWER_MS)]);
    if (adapter === undefined) return { gpu: 'none', because: 'the graphics driver did not answer' };
    if (adapter === null)
      return { gpu: 'none', because: 'the browser found no graphics processor for WebGPU' };
    return describeAdapter(adapter.info);
  } catch {
    return { gpu: 'none', because: 'the browser refused WebGPU' };
  }
}

function silence(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms);
  });
}

type AdapterNames = Pick<
  GPUAdapterInfo,
  'vendor' | 'architecture' | 'device' | 'description' | 'isFallbackAdapter'
>;

export function describeAdapter(info: AdapterNames): GpuFinding {
  const name = [info.vendor, info.architecture, info.device, info.description].filter(Boolean).join(' ');
  const software = info.isFallbackAdapter || SOFTWARE_NAMES.test(name);
  return { gpu: software ? 'software' : 'hardware', name: name === '' ? 'unnamed adapter' : name };
}
