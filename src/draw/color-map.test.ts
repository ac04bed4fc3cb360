import { describe, expect, it } from 'vitest';
import {
  attentionColor,
  attentionCss,
  attentionGradient,
  evidenceColor,
  evidenceCss,
  inkOn,
  inkOnEvidence,
  type Rgb,
} from './color-map.ts';

/** Relative luminance as WCAG defines it. */
function luminance({ red, green, blue }: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(byte: number): number {
  const share = byte / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function contrast(ground: Rgb, ink: string): number {
  const inkLuminance = ink === '#ffffff' ? 1 : 0;
  const [light = 0, dark = 0] = [luminance(ground), inkLuminance].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const STEPS = Array.from({ length: 101 }, (_, step) => step / 100);

describe('evidence colours', () => {
  it('grow lighter away from nothing, to both sides alike', () => {
    for (const sign of [-1, 1]) {
      const levels = STEPS.map((strength) => luminance(evidenceColor(sign * strength)));
      levels.slice(5).forEach((level, index) => expect(level).toBeGreaterThan(levels[index] ?? 0));
    }
  });

  it('differ in yellow and blue, which every kind of colour blindness but one keeps apart, and that one in red', () => {
    for (const strength of STEPS.filter((each) => each >= 0.2)) {
      const [against, speaksFor] = [evidenceColor(-strength), evidenceColor(strength)];
      expect(against.blue - against.red).toBeGreaterThan(20);
      expect(speaksFor.red - speaksFor.blue).toBeGreaterThan(20);
    }
  });

  it('carry text with a contrast of at least 4.5, and clamp', () => {
    for (const evidence of STEPS.flatMap((step) => [step, -step])) {
      expect(
        contrast(evidenceColor(evidence), inkOnEvidence(evidence)),
        `at ${evidence}`,
      ).toBeGreaterThanOrEqual(4.5);
    }
    expect(evidenceCss(3)).toBe(evidenceCss(1));
  });
});

describe('attention colours', () => {
  it('grow lighter with every step', () => {
    const levels = Array.from({ length: 33 }, (_, index) => luminance(attentionColor(index / 32)));
    levels.slice(1).forEach((level, index) => expect(level).toBeGreaterThan(levels[index] ?? 0));
  });

  it('run from blue to yellow', () => {
    const lowest = attentionColor(0);
    const highest = attentionColor(1);
    expect(lowest.blue).toBeGreaterThan(lowest.red);
    expect(highest.red).toBeGreaterThan(highest.blue);
    expect(highest.green).toBeGreaterThan(highest.blue);
  });

  it('clamp values outside the scale', () => {
    expect(attentionCss(-1)).toBe(attentionCss(0));
    expect(attentionCss(7)).toBe(attentionCss(1));
  });

  it('carry text with a contrast of at least 4.5', () => {
    for (const share of STEPS) {
      expect(contrast(attentionColor(share), inkOn(share)), `at ${share}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('make a gradient in scale order', () => {
    expect(attentionGradient()).toMatch(/^linear-gradient\(to right, rgb\(/);
    expect(attentionGradient().indexOf(attentionCss(0))).toBeLessThan(
      attentionGradient().indexOf(attentionCss(1)),
    );
  });
});
