import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { currentFunction } from '../stack/current-function.ts';
const counts = new Map<string, number>();
const times = new Map<string, number>();
for (const C of [DynamoDBClient, DynamoDBStreamsClient] as any[]) {
  const send = C.prototype.send;
  C.prototype.send = function (c: any, ...r: any[]) {
    const st = new Error().stack ?? '';
    const where = /(\w[\w-]*\.ts):\d+/.exec(st.split('\n').slice(2).filter((l) => !/read-items|side-by-side|patience/.test(l)).join('\n'))?.[1] ?? '';
    const k = `${(currentFunction as any)()} ${c.constructor.name} ${c.input?.TableName ?? (c.input?.TransactItems ? 'tx' + c.input.TransactItems.length : '')} ${where}`;
    counts.set(k, (counts.get(k) ?? 0) + 1);
    const t = performance.now();
    const p = send.call(this, c, ...r);
    Promise.resolve(p).then(() => times.set(k, (times.get(k) ?? 0) + performance.now() - t), () => {});
    return p;
  };
}
process.on('exit', () => {
  let sum = 0; for (const v of counts.values()) sum += v;
  console.log('REQUESTS', sum);
  for (const [k, v] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 45)) console.log(v, k, ((times.get(k) ?? 0) / v).toFixed(1) + 'ms');
});
