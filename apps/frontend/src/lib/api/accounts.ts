import type {
  ForgotPassword,
  Login,
  Me,
  ResetPassword,
  Sessions,
  SignedIn,
  Signup,
  UpdateMe,
  User,
} from '@mini-compete/shared/auth';
import type {
  ChangeEmail,
  ConfirmVerification,
  ConfirmVerificationLink,
  Verification,
} from '@mini-compete/shared/verification';
import type { Call } from './client';

export const signUp = (call: Call, person: Signup) => call<SignedIn>('/auth/signup', { method: 'POST', body: person });
export const signIn = (call: Call, credentials: Login) =>
  call<SignedIn>('/auth/login', { method: 'POST', body: credentials });
export const signOut = (call: Call) => call<undefined>('/auth/logout', { method: 'POST' });
export const getMe = (call: Call) => call<Me>('/auth/me');
export const updateMe = (call: Call, changes: UpdateMe) => call<User>('/auth/me', { method: 'PATCH', body: changes });
export const getSessions = (call: Call) => call<Sessions>('/auth/sessions');
export const endSession = (call: Call, id: string) => call<undefined>(`/auth/sessions/${id}`, { method: 'DELETE' });
export const forgotPassword = (call: Call, body: ForgotPassword) =>
  call<undefined>('/auth/forgot-password', { method: 'POST', body });
export const resetPassword = (call: Call, body: ResetPassword) =>
  call<undefined>('/auth/reset-password', { method: 'POST', body });
export const getVerification = (call: Call) => call<Verification>('/auth/verification');
export const sendCode = (call: Call) => call<Verification>('/auth/verification', { method: 'POST' });
export const confirmCode = (call: Call, body: ConfirmVerification) =>
  call<Verification>('/auth/verification/confirm', { method: 'POST', body });
export const confirmLink = (call: Call, body: ConfirmVerificationLink) =>
  call<Verification>('/auth/verification/confirm-link', { method: 'POST', body });
export const changeEmail = (call: Call, body: ChangeEmail) =>
  call<Verification>('/auth/email', { method: 'POST', body });
export const cancelEmailChange = (call: Call) => call<undefined>('/auth/email', { method: 'DELETE' });
