import { hasPermission } from '@grafana/runtime';
import { READ_ACTION, WRITE_ACTION } from '../kubernetes/grafana';

/** Whether the person may see live objects; Grafana's server decides, this only spares a request that it would refuse. */
export const mayRead = (): boolean => hasPermission(READ_ACTION);

/** Whether the person may create, change and delete objects. */
export const mayWrite = (): boolean => hasPermission(WRITE_ACTION);
