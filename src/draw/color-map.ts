/**
 * The scales of attention and of evidence. Attention: dark blue through teal to bright yellow. Lightness rises in even OKLab steps, so that
 * the order survives colour blindness and grey print; hue never passes through red.
 */
export interface Rgb {
  /** 0..255. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

const STEPS = 256;
const DARKEST = 0.27;
const LIGHTEST = 0.92;
const LIGHTEST_EVIDENCE = 0.82;
/** Hue angles of OKLab, in degrees. */
const BLUE = 282;
const YELLOW = 103;
const AGAINST = 250;
const FOR = 68;
const LEAST_CHROMA = 0.1;
const MOST_CHROMA = 0.165;
const EVIDENCE_CHROMA = 0.13;

const ramp: readonly Rgb[] = Array.from({ length: STEPS }, (_, step) => rampColor(step / (STEPS - 1)));

/** Colour of `share`, 0..1; values outside are clamped. */
export function attentionColor(share: number): Rgb {
  const clamped = Math.min(1, Math.max(0, share));
  return ramp[Math.round(clamped * (STEPS - 1))] ?? { red: 0, green: 0, blue: 0 };
}

export function attentionCss(share: number): string {
  const { red, green, blue } = attentionColor(share);
  return `rgb(${red} ${green} ${blue})`;
}

/** Black or white, whichever has a contrast of 4.5 on `attentionColor(share)`. */
export function inkOn(share: number): string {
  return share > 0.415 ? '#000000' : '#ffffff';
}

/** The whole scale as a CSS gradient, lowest value first. */
export function attentionGradient(direction = 'to right'): string {
  const stops = Array.from({ length: 9 }, (_, index) => attentionCss(index / 8));
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}

/**
 * Colour of evidence, -1..1: blue speaks against, orange for; both grow lighter and more colourful from a grey as
 * dark as the photo under it. Blue and orange stay apart for every kind of colour blindness.
 */
export function evidenceColor(evidence: number): Rgb {
  const clamped = Math.min(1, Math.max(-1, evidence));
  const strength = Math.abs(clamped);
  const hue = ((clamped < 0 ? AGAINST : FOR) * Math.PI) / 180;
  const chroma = EVIDENCE_CHROMA * strength;
  return oklabToRgb(
    DARKEST + (LIGHTEST_EVIDENCE - DARKEST) * strength,
    chroma * Math.cos(hue),
    chroma * Math.sin(hue),
  );
}

export function evidenceCss(evidence: number): string {
  const { red, green, blue } = evidenceColor(evidence);
  return `rgb(${red} ${green} ${blue})`;
}

/** Black or white, whichever has a contrast of 4.5 on `evidenceColor(evidence)`. */
export function inkOnEvidence(evidence: number): string {
  return Math.abs(evidence) > 0.53 ? '#000000' : '#ffffff';
}

/** From the strongest evidence against to the strongest for. */
export function evidenceGradient(direction = 'to right'): string {
  const stops = Array.from({ length: 9 }, (_, index) => evidenceCss(index / 4 - 1));
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}

function rampColor(share: number): Rgb {
  const lightness = DARKEST + (LIGHTEST - DARKEST) * share;
  const hue = ((BLUE + (YELLOW - BLUE) * share) * Math.PI) / 180;
  const chroma = LEAST_CHROMA + (MOST_CHROMA - LEAST_CHROMA) * share;
  return oklabToRgb(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue));
}

/** OKLab as published by Björn Ottosson (2020); components outside sRGB are clipped. */
function oklabToRgb(lightness: number, a: number, b: number): Rgb {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return {
    red: toByte(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    green: toByte(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    blue: toByte(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  };
}

/** A linear component, 0..1, to an sRGB byte. */
function toByte(linear: number): number {
  const clamped = Math.min(1, Math.max(0, linear));
  const encoded = clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * clamped ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}
