/** A lesson: steps that drive the live page; one file each in `public/lessons`, whose schema stands beside them. */
import type { JsonField } from './json-field.ts';

export interface LessonStep {
  /** What is on screen: the part of an address of the page behind its `#`. */
  readonly view: string;
  readonly look: string;
  readonly predict: Prophecy | null;
}

/** What the learner is asked before the outcome is shown. */
export interface Prophecy {
  readonly question: string;
  readonly choices: readonly string[];
  /** `view` is empty where the view stays. */
  readonly outcome: { readonly view: string; readonly words: string };
}

export interface Lesson {
  readonly title: string;
  /** What one knows afterwards. */
  readonly about: string;
  readonly steps: readonly LessonStep[];
}

/** @throws JsonFieldError that names what is not as it must be */
export function lessonOf(root: JsonField): Lesson {
  const steps = root.at('steps').items().map(stepOf);
  if (steps.length === 0) root.at('steps').fail('a list of at least one step');
  return { title: root.at('title').text(), about: root.at('about').text(), steps };
}

function stepOf(field: JsonField): LessonStep {
  const predict = field.at('predict');
  return {
    view: field.at('view').text(),
    look: field.at('look').text(),
    predict: predict.value === undefined ? null : prophecyOf(predict),
  };
}

function prophecyOf(field: JsonField): Prophecy {
  const choices = field.at('choices').texts();
  if (choices.length < 2) field.at('choices').fail('a list of at least two choices');
  const view = field.at('outcome').at('view');
  return {
    question: field.at('question').text(),
    choices,
    outcome: {
      view: typeof view.value === 'string' ? view.value : view.fail('a text'),
      words: field.at('outcome').at('words').text(),
    },
  };
}
