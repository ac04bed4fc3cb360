import { Suspense, useEffect } from 'react';
import type { Lab } from '../session/inquiry/lab-state.ts';
import type { PackBench } from '../session/work/create-pack-bench.ts';
import type { Tasks } from '../session/tasks/create-tasks.ts';
import type { Session } from '../session/work/state.ts';
import type { LinkedPhoto } from '../session/address/view-state.ts';
import { LabGate } from './evaluation/LabGate.tsx';
import { DropOverlay } from './image/DropOverlay.tsx';
import { RequestsLink } from './offline/RequestsLink.tsx';
import { UpdateBar } from './offline/UpdateBar.tsx';
import { LessonGate } from './lessons/LessonGate.tsx';
import { LabContext } from './lab-context.ts';
import { PackBenchContext } from './published/pack-bench-context.ts';
import { SessionContext } from './session-context.ts';
import { Announcer } from './status/Announcer.tsx';
import { EngineBadge } from './status/EngineBadge.tsx';
import { EngineBar } from './status/EngineBar.tsx';
import { LoadingBar } from './status/LoadingBar.tsx';
import { TasksContext } from './tasks/tasks-context.ts';
import { ThemeToggle } from './status/ThemeToggle.tsx';
import { PublishedPanel, Workings } from './tools.ts';
import { Workspace } from './bench/Workspace.tsx';
import './styles/index.css';

export interface AppProps {
  readonly session: Session;
  readonly lab: Lab;
  /** Null on a page where one can only ask. */
  readonly tasks?: Tasks | null;
  /** Whether the samples' recordings are of the pack that the session uses. */
  readonly samplesAreRecorded?: boolean;
  /** The photo of the link that the page was opened by. */
  readonly linkedPhoto?: LinkedPhoto | null;
  /** Null on a page that makes no packs. */
  readonly packBench?: PackBench | null;
}

/** The whole page over one session. */
export function App({
  session,
  lab,
  tasks = null,
  samplesAreRecorded = false,
  linkedPhoto = null,
  packBench = null,
}: AppProps) {
  useEffect(() => {
    const release = (event: KeyboardEvent) => {
      if (event.key === 'Escape') session.releaseFocus();
    };
    window.addEventListener('keydown', release);
    return () => window.removeEventListener('keydown', release);
  }, [session]);

  return (
    <SessionContext value={session}>
      <LabContext value={lab}>
        {/* The address says what is on screen: following a link would lose that. */}
        <a
          className="skip"
          href="#question-box"
          onClick={(event) => {
            event.preventDefault();
            document.querySelector<HTMLElement>('#question-box')?.focus();
          }}
        >
          Skip to the question
        </a>
        <header className="masthead">
          <h1>In-Page VQA</h1>
          <p className="tagline">
            <span className="invitation">Ask a photo a question; </span>
            nothing leaves this page: <RequestsLink />
          </p>
          <EngineBadge />
          <ThemeToggle />
          <LoadingBar />
        </header>
        <main>
          <EngineBar />
          <UpdateBar />
          <TasksContext value={tasks}>
            <LabGate>
              <LessonGate samplesAreRecorded={samplesAreRecorded} />
              <Workspace samplesAreRecorded={samplesAreRecorded} linkedPhoto={linkedPhoto} />
            </LabGate>
          </TasksContext>
          <section id="workings" className="workings" aria-labelledby="workings-title">
            <h2 id="workings-title">Under the hood</h2>
            <div className="panels">
              <Suspense>
                <Workings />
              </Suspense>
              {packBench && (
                <PackBenchContext value={packBench}>
                  <Suspense>
                    <PublishedPanel />
                  </Suspense>
                </PackBenchContext>
              )}
            </div>
          </section>
        </main>
        <Announcer />
        <DropOverlay />
      </LabContext>
    </SessionContext>
  );
}
