/** Files from the person's disk in place of those on the web. */
import { useRef } from 'react';
import type { OwnFiles } from '../../core/published.ts';
import { megabytes } from '../../core/megabytes.ts';
import { fileName, fileSize, OWN_ROLES, withFiles, withoutRole, type OwnRole } from './own-files.ts';

interface OwnFilesFieldProps {
  readonly files: OwnFiles;
  readonly onFiles: (files: OwnFiles) => void;
}

export function OwnFilesField({ files, onFiles }: OwnFilesFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <fieldset className="pack-choice">
      <legend>Files from your disk</legend>
      <p className="aside">
        Choose or drop them here instead of downloading: weights saved by PyTorch or as safetensors. For an
        LXMERT that you fine-tuned, add its config.json and its list of answers.
      </p>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        Choose files
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files of weights"
        onChange={(event) => {
          onFiles(withFiles(files, event.target.files ?? []));
          event.target.value = '';
        }}
      />
      <ul className="own-files">
        {OWN_ROLES.flatMap(({ role, name }) => {
          const file = files[role];
          return file === undefined
            ? []
            : [<OwnFile key={role} role={role} name={name} file={file} files={files} onFiles={onFiles} />];
        })}
      </ul>
    </fieldset>
  );
}

interface OwnFileProps extends OwnFilesFieldProps {
  readonly role: OwnRole;
  readonly name: string;
  readonly file: Blob | readonly Blob[];
}

/** Whose role was guessed by its name: the person may know better. */
function OwnFile({ role, name, file, files, onFiles }: OwnFileProps) {
  const label = fileName(file);
  return (
    <li>
      <span>
        {label}, {megabytes(fileSize(file))}
      </span>
      <label className="field inline">
        <span>is</span>
        <select
          value={role}
          aria-label={`What ${label} is`}
          onChange={(event) => {
            const chosen = OWN_ROLES.find((option) => option.role === event.target.value);
            if (chosen) onFiles({ ...withoutRole(files, role), [chosen.role]: file });
          }}
        >
          {OWN_ROLES.map((option) => (
            <option key={option.role} value={option.role}>
              {option.name}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button quiet"
        aria-label={`Leave out ${label}, taken as ${name}`}
        onClick={() => onFiles(withoutRole(files, role))}
      >
        Leave out
      </button>
    </li>
  );
}
