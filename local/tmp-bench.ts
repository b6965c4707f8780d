import { readFileSync, readdirSync } from 'node:fs';
import { loadRuleSet } from '#rule-sets/load-rule-set.ts';
import { evaluateRules } from '#rule-sets/evaluate-rules.ts';
import { Decimal } from '#core/units/decimal.ts';
for (const s of ['house','house-guarded']) { const d=`rules/${s}/1.0.0`; const r=loadRuleSet(d,new Map(readdirSync(d).map(n=>[n,readFileSync(`${d}/${n}`)])));
if(!r.ok) throw r; const f=new Map<string,any>([['marginExcess',new Decimal('-5')],['tierIndex',new Decimal(0)],['marginRatio',new Decimal('1.2')]]);
for(let k=0;k<3;k++){const t=performance.now(); for(let i=0;i<10000;i++) await evaluateRules(r.value.margin.rules,f); console.log(s,((performance.now()-t)/10).toFixed(1),'us/run');}}
