/** How many requests the page has made, and to whom. */
import { useRequests } from './requests.ts';

export function RequestsPanel() {
  const requests = useRequests();
  const { host } = location;
  const others = [...requests].filter(([other]) => other !== host);
  return (
    <section className="panel" aria-labelledby="requests-title">
      <h3 id="requests-title">Requests</h3>
      <p className="reading">
        {counted(requests.get(host) ?? 0)} to this site ({host}), {others.length === 0 ? 'none' : 'and'} to
        {others.length === 0 ? ' any other' : ' others:'}
      </p>
      {others.length > 0 && (
        <ul className="sources">
          {others.map(([other, count]) => (
            <li key={other}>
              {counted(count)} to <strong>{other}</strong>
            </li>
          ))}
        </ul>
      )}
      <p className="aside">
        Since you opened this page, by your browser’s own count, which includes the workers that run the
        models. Other sites are asked only for a photo or for models whose address you give. The page’s
        Content-Security-Policy lets no script run that is not from this site.
      </p>
    </section>
  );
}

function counted(count: number): string {
  return count === 1 ? '1 request' : `${count} requests`;
}
