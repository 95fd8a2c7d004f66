export { renamed as texts } from './store';
