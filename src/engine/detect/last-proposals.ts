import type { Look } from './look-at-photo.ts';
import type { Proposals } from './run-roi-head.ts';

type ProposalsOf = Look['proposals'];

/**
 * Keeps the feature maps of one photo, the one last needed: they are megabytes, and an engine may hold many photos.
 * Another photo's are worked out again from its file when a box is drawn on it.
 */
export function createLastProposals() {
  let last: { readonly owner: ProposalsOf; readonly proposals: Proposals } | null = null;
  return {
    /** `owner` works proposals out; `proposed`, where they are there already, are kept as its. */
    keep(owner: ProposalsOf, proposed: Proposals | null): ProposalsOf {
      if (proposed !== null) last = { owner, proposals: proposed };
      return async (signal) => {
        if (last?.owner === owner) return last.proposals;
        const proposals = await owner(signal);
        last = { owner, proposals };
        return proposals;
      };
    },
    drop(): void {
      last = null;
    },
  };
}
