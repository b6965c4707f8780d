import { untilSignal } from '#local/stack/until-signal.ts';
import { Interrupted } from '#local/stack-replay/interrupted.ts';

/** A signal that Ctrl-C and SIGTERM abort, with `Interrupted` for its reason: what runs then stops what it started, and the command ends. */
export const untilAsked = (): AbortSignal => {
  const ending = new AbortController();
  untilSignal().then((signal) => ending.abort(new Interrupted(signal)));
  return ending.signal;
};
