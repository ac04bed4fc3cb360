/** Other places to fetch from, for who cannot reach those that are known. */
import { useState } from 'react';
import type { PublishedAddresses, PublishedRole, PublishedSource } from '../../core/published.ts';

interface AddressFieldsProps {
  /** That are to be fetched. */
  readonly sources: readonly PublishedSource[];
  readonly addresses: PublishedAddresses;
  readonly onAddresses: (addresses: PublishedAddresses) => void;
}

export function AddressFields({ sources, addresses, onAddresses }: AddressFieldsProps) {
  const [isOpen, setOpen] = useState(Object.keys(addresses).length > 0);
  return (
    <details className="own-addresses" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Fetch from another address</summary>
      <p className="aside">
        An address that you enter is tried before those above. Its server has to let this page read the file,
        as hubs of models do.
      </p>
      {sources.map(({ role, name }) => (
        <label key={role} className="field">
          <span>{name}</span>
          <input
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://"
            value={addresses[role] ?? ''}
            onChange={(event) => onAddresses(withAddress(addresses, role, event.target.value.trim()))}
          />
        </label>
      ))}
    </details>
  );
}

/** An empty field is no address. */
function withAddress(
  addresses: PublishedAddresses,
  role: PublishedRole,
  address: string,
): PublishedAddresses {
  const others = Object.fromEntries(Object.entries(addresses).filter(([name]) => name !== role));
  return address === '' ? others : { ...others, [role]: address };
}
