export { CreateResource } from './CreateResource';
export { ObjectScene } from './ObjectScene';
