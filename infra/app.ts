import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EngineStack } from './stacks/engine-stack.ts';
import { stageNameOf } from './stages.ts';

const app = new App();
const stage = stageNameOf(app.node.tryGetContext('stage') ?? 'dev');
const ruleSetId = String(app.node.tryGetContext('ruleSetId') ?? 'house');

new EngineStack(app, `adl-engine-${stage}`, { stage, ruleSetId, terminationProtection: stage === 'prod' });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
