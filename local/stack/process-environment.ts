/** Whether some stack has put its variables into this process. */
let isTaken = false;

/**
 * Sets variables of this process, and gives all variables back as they were. Handlers and the AWS client read them as they do where they are deployed, so
 * that a process can hold one stack at a time: a second one is refused.
 */
export const enterEnvironment = (variables: Readonly<Record<string, string>>): (() => void) => {
  if (isTaken) throw new Error('this process runs a local stack already');
  const before = { ...process.env };
  isTaken = true;
  Object.assign(process.env, variables);
  // A profile would win over the credentials set here.
  delete process.env.AWS_PROFILE;
  return () => {
    for (const name of Object.keys(process.env)) if (before[name] === undefined) delete process.env[name];
    Object.assign(process.env, before);
    isTaken = false;
  };
};

/** What a client needs to talk to a local endpoint: it signs, and nobody looks at the signature. */
export const clientEnvironment = (endpoint: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_ENDPOINT_URL_DYNAMODB_STREAMS: process.env.AWS_ENDPOINT_URL_DYNAMODB_STREAMS ?? endpoint,
  AWS_REGION: process.env.AWS_REGION ?? 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
});
