/** Beside the promise that nothing leaves the page: what the browser says about it. */
import { countElsewhere, useRequests } from './requests.ts';

export function RequestsLink() {
  const count = countElsewhere(useRequests(), location.host);
  return (
    <a className="requests-link" href="#requests-title">
      {count === 1 ? '1 request' : `${count} requests`} to other sites
    </a>
  );
}
