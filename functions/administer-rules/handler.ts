import { answerCommand } from '../adapters/lambda/answer-command.ts';
import { invokedHandler } from '../adapters/lambda/handlers.ts';

/** Publishes, activates and shows rule sets, for whoever may invoke it. */
export const handler = invokedHandler('administer-rules', answerCommand);
