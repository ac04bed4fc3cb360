/** Which WebGPU adapter the browser would give, and whether it is hardware. */
import type { GpuFinding } from './runtime.ts';

const SOFTWARE_NAMES = /swiftshader|llvmpipe|lavapipe|basic render|warp/iu;

export async function findGpu(): Promise<GpuFinding> {
  if (!('gpu' in navigator)) return { gpu: 'none', because: 'this browser has no WebGPU' };
  const adapter = await navigator.gpu.requestAdapter();
  if (adapter === null) return { gpu: 'none', because: 'the browser found no graphics processor for WebGPU' };
  return describeAdapter(adapter.info);
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
