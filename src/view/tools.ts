/** What is loaded when it is opened: nothing of it is needed for a first answer. */
import { lazy } from 'react';

export const WhyPanel = lazy(async () => ({ default: (await import('./explain/WhyPanel.tsx')).WhyPanel }));

export const AttentionPanel = lazy(async () => ({
  default: (await import('./attention/AttentionPanel.tsx')).AttentionPanel,
}));

export const EditsPanel = lazy(async () => ({
  default: (await import('./edits/EditsPanel.tsx')).SurgeryPanel,
}));

export const EditsOverlay = lazy(async () => ({
  default: (await import('./edits/EditsOverlay.tsx')).SurgeryOverlay,
}));

export const FlowPanel = lazy(async () => ({ default: (await import('./flow/FlowPanel.tsx')).FlowPanel }));

export const ExportPanel = lazy(async () => ({
  default: (await import('./export/ExportPanel.tsx')).KeepPanel,
}));

export const ModelCardDialog = lazy(async () => ({
  default: (await import('./status/ModelCardDialog.tsx')).ModelCardDialog,
}));

export const CameraDialog = lazy(async () => ({
  default: (await import('./camera/CameraDialog.tsx')).CameraDialog,
}));

export const PublishedPanel = lazy(async () => ({
  default: (await import('./published/PublishedPanel.tsx')).PublishedPanel,
}));

export const Workings = lazy(async () => ({ default: (await import('./status/Workings.tsx')).Workings }));
