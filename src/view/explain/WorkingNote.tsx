/** Over the photo while an explanation is worked out: whatever lies there until then is not the reason. */
import { percent } from '../../core/percent.ts';
import { chosenAnswer } from '../../session/inquiry/select-explanation.ts';
import { useLab } from '../lab-context.ts';
import { useExplanationWork } from './shown-explanation.ts';

export function WorkingNote() {
  const work = useExplanationWork();
  const answer = useLab(({ inquiry, exchange }) => exchange && chosenAnswer(inquiry, exchange));
  if (work.status !== 'running') return null;
  const { progress } = work;
  const share = progress && progress.total > 1 ? ` ${percent(progress.done / progress.total)}` : '';
  return (
    <div className="looking working">
      <p>
        <span className="lamp" aria-hidden="true" />
        {answer ? `Working out why “${answer}”…` : 'Working out why…'}
        {share}
      </p>
    </div>
  );
}
