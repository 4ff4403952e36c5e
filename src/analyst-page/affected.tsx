/** @jsxImportSource preact */
import type { AffectedUser } from '../analyst/affected'
import { useSpeech } from './context'
import { sayCount } from './say-time'

/** For whom it is slow or fails, each user leading to his own orders. */
export function Affected({
  affected,
  onUser,
}: {
  affected: readonly AffectedUser[]
  /** Absent where nothing more can be asked. */
  onUser: ((userId: string) => void) | undefined
}) {
  const { texts, words } = useSpeech()
  return (
    <section class="card">
      <h2>{texts.affected}</h2>
      <p class="soft">{affected.length === 0 ? texts.nobodyAffected : texts.affectedAbout}</p>
      {affected.length > 0 && (
        <table aria-label={texts.affected}>
          <thead>
            <tr>
              <th scope="col">{texts.user}</th>
              <th scope="col">{texts.slowShare}</th>
              <th scope="col">{texts.failedShare}</th>
              <th scope="col">{texts.count}</th>
            </tr>
          </thead>
          <tbody>
            {affected.map(({ userId, orders, slow, failed }) => (
              <tr key={userId}>
                <th scope="row" class="wrap">
                  {onUser ? (
                    <button type="button" class="link" onClick={() => onUser(userId)}>
                      {userId}
                    </button>
                  ) : (
                    userId
                  )}
                </th>
                {[slow, failed, orders].map((count, index) => (
                  <td key={index} class="number">
                    {sayCount(count, words.locale)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
