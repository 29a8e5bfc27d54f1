// Signing in.
import { SignInForm } from '../../features/session/sign-in-form.tsx';
import { pageTitle } from '../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('signIn');

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { next } = await searchParams;
  return <SignInForm next={typeof next === 'string' ? next : null} />;
}
