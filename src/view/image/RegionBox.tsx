import type { PixelRect } from '../../draw/frame.ts';

interface RegionBoxProps {
  readonly id: string;
  readonly name: string;
  readonly rect: PixelRect;
  readonly rank: 'pointed' | 'named' | 'plain' | 'hidden';
  readonly isLocked: boolean;
}

/** One box: a light line on a dark one, so that it shows on any photo. */
export function RegionBox({ id, name, rect, rank, isLocked }: RegionBoxProps) {
  return (
    <g
      id={id}
      role="option"
      aria-label={name}
      aria-selected={isLocked}
      className="region-box"
      data-rank={rank}
    >
      <rect className="region-shade" {...rect} />
      <rect className="region-line" {...rect} />
    </g>
  );
}
