/** What light or colors on the photo stand for, the same for every answer. */
import { percent } from '../../core/percent.ts';
import { pictureGradient } from '../../draw/paint-weights.ts';
import { FULL_SHARE } from '../../draw/weight-map.ts';
import { useLab } from '../lab-context.ts';

export function PictureLegend({ of }: { readonly of: 'evidence' | 'attention' }) {
  const picture = useLab((lab) => lab.picture);
  if (picture === 'outlines') return null;
  const most = `${percent(FULL_SHARE)} or more`;
  const isSigned = picture === 'signed';
  const meaning = isSigned
    ? `Colors from ${most} of the ${of} against to ${most} for it`
    : `${picture === 'spotlight' ? 'Light' : 'Colors'} from 0 to ${most} of the ${of}`;
  return (
    <div className="scale-legend" role="img" aria-label={meaning}>
      <span className="scale-bar" style={{ '--scale': pictureGradient(picture) }} />
      <span className="scale-ticks">
        <span>{isSigned ? `against ${most}` : '0'}</span>
        {isSigned && <span>0</span>}
        <span>{isSigned ? `for ${most}` : `${most} of the ${of}`}</span>
      </span>
    </div>
  );
}
