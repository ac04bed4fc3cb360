import { describe, expect, it } from 'vitest';
import { attentionColor, attentionCss, attentionGradient, inkOn, type Rgb } from './color-map.ts';

/** Relative luminance as WCAG defines it. */
function luminance({ red, green, blue }: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(byte: number): number {
  const share = byte / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

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
    for (let step = 0; step <= 100; step++) {
      const share = step / 100;
      const ground = luminance(attentionColor(share));
      const ink = inkOn(share) === '#ffffff' ? 1 : 0;
      const [light, dark] = ground > ink ? [ground, ink] : [ink, ground];
      expect((light + 0.05) / (dark + 0.05), `at ${share}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('make a gradient in scale order', () => {
    expect(attentionGradient()).toMatch(/^linear-gradient\(to right, rgb\(/);
    expect(attentionGradient().indexOf(attentionCss(0))).toBeLessThan(
      attentionGradient().indexOf(attentionCss(1)),
    );
  });
});
