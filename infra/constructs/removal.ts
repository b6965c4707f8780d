import { RemovalPolicy } from 'aws-cdk-lib';
import type { Stage } from '../stages.ts';

/** What becomes of data when its stack goes: kept where the stage is lasting, gone where it is not. */
export const removalPolicyOf = (stage: Stage): RemovalPolicy => (stage.isLasting ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
