/** Custom properties that components set for the style sheets. */
import 'react';

declare module 'react' {
  interface CSSProperties {
    readonly '--ratio'?: number;
    readonly '--share'?: number;
    readonly '--swatch'?: string;
    readonly '--scale'?: string;
  }
}
