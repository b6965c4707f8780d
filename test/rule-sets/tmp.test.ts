import { it } from 'vitest';
import { faultsWith, marginRulesWith, shown, faultsAfter } from './shipped-files.ts';
const L=(f:string,o:string,v:string)=>`{ "fact": "${f}", "operator": "${o}", "value": ${v} }`;
const ok=L('marginExcess','decimalLessThan','"0"');
it('x',()=>{
 for (const c of ['{ "all": [] }','{ "any": [] }',`{ "all": [${ok}], "any": [${ok}] }`,`{ "all": [${ok}], "any": [] }`,`{ "all": [{ "fact": "marginExcess", "operator": "decimalLessThan", "value": "0", "pathh": "$.x" }] }`,
 `{ "all": [${L('marginExcess','lessThan','"0"')}] }`,
 ...['null','[]','true','5','{ "fact": "marginBalance" }','"abc"'].map(v=>`{ "all": [${L('marginExcess','decimalLessThan',v)}] }`),
 `{ "all": [${L('marginExcess','oneOf','["a"]')}] }`,
 `{ "all": [${L('marketStatus','oneOf','["a"]')}] }`,
 `{ "not": { "all": [${ok}] } }`,`{ "not": { "not": ${ok} } }`,
 `{ "condition": "self" }`,`{ "all": [{ "condition": "self" }] }`,'{}','null','[]','5', '{"fact":"marginExcess","value":"0"}', ok, `{ "all": ${ok} }`, `{ "all": [${ok}], "name": "x" }`,
 `{ "any": [ { "all": [ { "any": [ ${L('marginExcess','decimalLessThan','0')} ] } ] } ] }`,
 `{ "all": [{ "fact": "marginExcess", "operator": "decimalLessThan", "value": "0", "__proto__": {} }] }`,
 '{"all":['.repeat(8)+ok+']}'.repeat(8), '{"all":['.repeat(7)+ok+']}'.repeat(7), '{"all":['.repeat(5000)+ok+']}'.repeat(5000),
 `{ "all": [${Array(210).fill(ok).join(',')}] }`,
 ]) console.log(c.slice(0,120),'\n    ',faultsWith('margin.rules.json',marginRulesWith(c)).map(shown).map(s=>s.slice(0,400)).join('\n     '));
 for (const e of ['{"type":"error"}','{"type":"REDUCE_BY_FRACTION"}','{"type":"REDUCE_BY_FRACTION","params":{"fraction":"1.5"}}','{"type":"REDUCE_BY_FRACTION","params":{"fraction":"0.2"}}','{"type":"WARN","params":{}}','null','"WARN"','{}'])
  console.log(e,'\n    ',faultsWith('margin.rules.json',marginRulesWith(`{ "all": [${ok}] }`,e)).map(shown).join('\n     '));
 console.log(faultsAfter('shortfall.rules.json','"ABSORB"','"SOCIALIZE"').map(shown));
 console.log(faultsAfter('shortfall.rules.json','"shortfall"','"marketStatus"').map(shown));
 console.log(faultsAfter('shortfall.rules.json','"shortfall"','"securityToValue"').map(shown));
 console.log(faultsAfter('shortfall.rules.json','ORDER_ENDED','FUND_DRAWDOWN').map(shown));
 console.log(faultsAfter('deleveraging.json','"QUEUE"','"PRO_RATA"').map(shown),faultsAfter('deleveraging.json','"effectiveLeverage": 1','"effectiveLeverage": 1.5').map(shown),faultsAfter('deleveraging.json','["accountId"]','["x"]').map(shown));
 console.log(faultsAfter('safeguards.json','"securityToValue": null','"securityToValue": "1"').map(shown),faultsAfter('safeguards.json','"throttle": null','"throttle": "x"').map(shown),faultsAfter('safeguards.json','"throttle": null','"throttle": { "interval": "PT1M", "maximumDelay": "P1M" }').map(shown));
 console.log(faultsAfter('insurance-fund.json','"usdc"','"usdt"').map(shown),faultsAfter('insurance-fund.json','"USDC"','"USDT"').map(shown));
 console.log(faultsAfter('margin-tiers.json','"maintenanceAmount": "50"','"maintenanceAmount": "51"').map(shown),faultsAfter('margin-tiers.json','"0.005"','0.005').map(shown),faultsAfter('margin-tiers.json','"BTC-USDT"','"BTC/USDT"').map(shown),faultsAfter('margin-tiers.json','"0.005"','"0.02"').map(shown));
});
