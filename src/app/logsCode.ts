/** The code of the logs page; the entry asks for it together with the app's, not after it. */
export const loadLogsPage = () => import(/* webpackChunkName: "page-logs" */ '../pages/logs/logsPage');
