/** What the models can and cannot do, set for reading. */
import { useEffect, useRef } from 'react';
import type { CardSection, CardTable, ModelCard } from '../../core/pack/model-card.ts';

interface ModelCardDialogProps {
  readonly card: ModelCard;
  readonly onClose: () => void;
}

export function ModelCardDialog({ card, onClose }: ModelCardDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  // Closing by the dialog itself gives the focus back to the button that opened it.
  const close = () => dialog.current?.close();
  return (
    <dialog ref={dialog} className="model-card" aria-labelledby="card-title" onClose={onClose}>
      <header className="section-head">
        <h2 id="card-title">
          About {card.title} {card.version}
        </h2>
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      </header>
      <div className="card-body">
        <p>
          For better answers,{' '}
          <a
            href="#published-title"
            onClick={(event) => {
              // The address says what is on screen, and goes on saying so.
              event.preventDefault();
              close();
              document.querySelector('#published-title')?.scrollIntoView();
            }}
          >
            get the original LXMERT
          </a>{' '}
          (a download of 1.1 GB).
        </p>
        {card.sections.map((section) => (
          <Section key={section.title} section={section} />
        ))}
      </div>
    </dialog>
  );
}

function Section({ section: { title, paragraphs, list, tables } }: { readonly section: CardSection }) {
  return (
    <section>
      <h3>{title}</h3>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {list.length > 0 && (
        <ul>
          {list.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
      {tables.map((table) => (
        <Table key={table.caption} table={table} />
      ))}
    </section>
  );
}

function Table({ table: { caption, columns, rows, command } }: { readonly table: CardTable }) {
  return (
    <>
      <div className="card-table">
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={columns[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {command !== null && (
        <p className="aside">
          Printed by <code>{command}</code>
        </p>
      )}
    </>
  );
}
